// Package app is a small store of keys and values; it has nothing to do with chains.
package app

import (
	"net/http"
	"sync"
)

// App serves its values over HTTP.
type App struct {
	mu     sync.RWMutex
	values map[string]string
}

// New returns an empty store.
func New() *App {
	return &App{values: map[string]string{}}
}

// Serve answers requests until it cannot.
func (app *App) Serve(address string) error {
	return http.ListenAndServe(address, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		app.mu.RLock()
		defer app.mu.RUnlock()
		_, _ = w.Write([]byte(app.values[r.URL.Path]))
	}))
}
