"""The hidden sheets by which a form checks itself: how its checks (``checking.live``) are laid out as formulas."""
