package bronze

// UpgradeName is the name of the plan.
const UpgradeName = "bronze"
