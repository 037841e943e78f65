module helper
