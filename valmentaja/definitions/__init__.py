"""What is loaded from resources/: instruments, plan types, services, municipalities, rules, indicator rows."""
