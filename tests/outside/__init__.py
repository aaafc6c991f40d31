"""A terminal and a slow line around a program, to look at it from outside."""
