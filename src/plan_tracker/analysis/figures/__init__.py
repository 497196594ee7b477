"""The figures of one plan at one time: its projects, its money, its KPIs, what was planned of them."""
