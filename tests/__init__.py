"""Tests: folders mirror the packages; the files beside this one hold what concerns the whole house."""
