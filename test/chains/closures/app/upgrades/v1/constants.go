package v1

// UpgradeName is the name of the plan.
const UpgradeName = "v1"
