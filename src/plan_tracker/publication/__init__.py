"""What goes onto the ministry's web site once it is permitted: an accessible web site, the reports, and open data."""
