"""Tests of what members write."""
