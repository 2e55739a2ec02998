"""What an order of many films costs. Other rooms measure one film."""
