"""What figures call attention to: projects at risk, units that are missing, how far the figures can be relied on."""
