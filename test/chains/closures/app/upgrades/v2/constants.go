package v2

const (
	// UpgradeName is the name of the plan.
	UpgradeName = "v2"

	// PatchUpgradeName is the name of the plan that mends v2.
	PatchUpgradeName = "v2-patch"
)
