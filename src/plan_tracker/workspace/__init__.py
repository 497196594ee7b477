"""The workspace: its folders and settings, who writes in it, which templates it got."""
