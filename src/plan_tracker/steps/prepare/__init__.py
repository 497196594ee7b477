"""Before a quarter: workspace, register, templates, forms."""
