package brass

// UpgradeName is the name of the plan.
const UpgradeName = "brass"
