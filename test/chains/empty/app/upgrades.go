package app

// RegisterUpgradeHandlers registers nothing: the chain has not been upgraded yet.
func (app *App) RegisterUpgradeHandlers() {}
