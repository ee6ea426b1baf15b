"""The facts of a case as readers see them: one row a fact, named, dated and with every place where it stands."""
