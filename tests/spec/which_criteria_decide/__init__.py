"""Which criteria decide

From the payer, the plan, the codes and the stage to the guideline that decides, and from there to the report.
"""
