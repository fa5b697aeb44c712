// Typecheck checks packages of the module it stands in with go/types, as the compiler would, without compiling what they import: of other modules only
// the declarations are checked, and only once. It reads {"packages": [pattern], "states": [{"overlay": file, "packages": [pattern]}]}: each state is a
// version of the module, an overlay as in `go build -overlay`. It prints the errors of each state.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

type request struct {
	Packages []string
	States   []state
}

type state struct {
	Overlay  string
	Packages []string
}

// listed is what `go list` says of a package.
type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	CgoFiles   []string
	ImportMap  map[string]string
	DepOnly    bool
	Module     *struct {
		Main      bool
		GoVersion string
	}
	Error *struct{ Pos, Err string }
}

// outside holds the packages of other modules: they are the same in every state.
var outside = map[string]*types.Package{"unsafe": types.Unsafe}

func main() {
	log.SetFlags(0)
	var asked request
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	answers := make([][]string, 0, len(asked.States))
	for _, state := range asked.States {
		answers = append(answers, check(append(append([]string{}, asked.Packages...), state.Packages...), state.Overlay))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

// check gives the errors of the packages in one state, and of what they import from their own module.
func check(patterns []string, overlay string) []string {
	errs := []string{}
	replaced := readOverlay(overlay)
	own := map[string]*types.Package{}
	for _, pkg := range list(patterns, overlay) {
		if pkg.Error != nil {
			errs = append(errs, place(pkg.Error.Pos+": "+pkg.Error.Err))
		}
		main := pkg.Module != nil && pkg.Module.Main
		if !main && outside[pkg.ImportPath] != nil {
			continue
		}
		checked, found := typecheck(pkg, own, replaced)
		if main {
			own[pkg.ImportPath] = checked
			errs = append(errs, found...)
		} else {
			outside[pkg.ImportPath] = checked
		}
	}
	return errs
}

// list gives the packages and all they import, the imported ones first.
func list(patterns []string, overlay string) []*listed {
	args := []string{"list", "-e", "-deps", "-json=ImportPath,Dir,GoFiles,CgoFiles,ImportMap,DepOnly,Module,Error"}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	cmd := exec.Command("go", append(append(args, "--"), patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		log.Fatalf("go list: %v", err)
	}
	var pkgs []*listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		pkg := &listed{}
		if err := dec.Decode(pkg); err == io.EOF {
			return pkgs
		} else if err != nil {
			log.Fatal(err)
		}
		pkgs = append(pkgs, pkg)
	}
}

type lookup func(path string) (*types.Package, error)

func (l lookup) Import(path string) (*types.Package, error) { return l(path) }

func typecheck(pkg *listed, own map[string]*types.Package, replaced map[string]string) (*types.Package, []string) {
	fset, files, errs := token.NewFileSet(), []*ast.File{}, []string{}
	for _, name := range append(pkg.GoFiles, pkg.CgoFiles...) {
		path := filepath.Join(pkg.Dir, name)
		read := path
		if other, ok := replaced[path]; ok {
			read = other
		}
		text, err := os.ReadFile(read)
		if err != nil {
			log.Fatal(err)
		}
		file, err := parser.ParseFile(fset, path, text, parser.SkipObjectResolution)
		if err != nil {
			errs = append(errs, place(err.Error()))
		}
		if file != nil {
			files = append(files, file)
		}
	}
	config := types.Config{
		FakeImportC:      true,
		IgnoreFuncBodies: pkg.DepOnly,
		Sizes:            types.SizesFor("gc", runtime.GOARCH),
		Error:            func(err error) { errs = append(errs, place(err.Error())) },
		Importer: lookup(func(path string) (*types.Package, error) {
			if mapped, ok := pkg.ImportMap[path]; ok {
				path = mapped
			}
			if found := own[path]; found != nil {
				return found, nil
			}
			if found := outside[path]; found != nil {
				return found, nil
			}
			return nil, fmt.Errorf("%s is not there", path)
		}),
	}
	if pkg.Module != nil && pkg.Module.GoVersion != "" {
		config.GoVersion = "go" + pkg.Module.GoVersion
	}
	checked, _ := config.Check(pkg.ImportPath, fset, files, nil)
	return checked, errs
}

func readOverlay(path string) map[string]string {
	var overlay struct{ Replace map[string]string }
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &overlay)
	}
	if err != nil {
		log.Fatal(err)
	}
	return overlay.Replace
}

// place makes a position's path relative to the module.
func place(text string) string {
	here, err := os.Getwd()
	if err != nil {
		return text
	}
	return strings.TrimPrefix(text, here+string(filepath.Separator))
}
