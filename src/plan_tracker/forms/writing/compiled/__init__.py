"""The template taken apart once, so that forms are put together from its pieces."""
