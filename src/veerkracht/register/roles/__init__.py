"""Roles of who works here: given and ended by an administrator in their own organisation, programme and area, and lent
for a while by whoever holds them. Tables: `people.models.Membership`.
"""
