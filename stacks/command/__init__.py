"""The command line: scans a folder, and shares what was found where its user agrees. The standard library only.

`main` → `scanning` → `table` or `answer` (JSON); `sharing` and `entering` (log-in) speak through `wire`, alone.
"""
