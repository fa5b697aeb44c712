package v1_2_0

var steps []string

func initSteps() {
	steps = append(steps, "sorted")
}
