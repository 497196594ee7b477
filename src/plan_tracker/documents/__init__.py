"""What people read: Word reports, letters and correction lists."""
