"""How a lesson shows itself where HTML is shown, such as in a notebook. Text alone: no picture is drawn."""
