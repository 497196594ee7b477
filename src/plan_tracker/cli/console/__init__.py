"""The screen itself: its width, tables of Thai, and texts that can't drive it."""
