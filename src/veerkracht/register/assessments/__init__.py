"""Assessments: measured needs of people, with their answers, author and validity."""
