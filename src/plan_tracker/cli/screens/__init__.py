"""What people see of each command."""
