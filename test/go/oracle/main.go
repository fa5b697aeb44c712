// Command oracle counts, with the standard library's own parser, what an upgrade tool has to see in the Go code below each folder it is given: a second
// opinion that shares nothing with the tool. It prints one line of JSON for each folder.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// Found is one place, and what stands there.
type Found struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text,omitempty"`
	// Value is the version of a ConsensusVersion method, or the one a migration starts from; -1 where it is no number here.
	Value int `json:"value"`
}

// Report is what was found below a folder.
type Report struct {
	Folder            string  `json:"folder"`
	UpgradeHandlers   []Found `json:"upgradeHandlers"`
	StoreLoaders      []Found `json:"storeLoaders"`
	StoreUpgrades     []Found `json:"storeUpgrades"`
	ConsensusVersions []Found `json:"consensusVersions"`
	Migrations        []Found `json:"migrations"`
	// Elements are the elements of lists and maps of upgrades.
	Elements []Found `json:"elements"`
	// Registers are calls that hand an upgrade to something that registers it.
	Registers []Found `json:"registers"`
}

var (
	passedOver = regexp.MustCompile(`^([._].*|vendor|node_modules|third_party|testdata)$`)
	generated  = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)
	upgrade    = regexp.MustCompile(`(?i)upgrade$`)
	registers  = regexp.MustCompile(`^(?i:register\w*upgrade\w*)$|^Register$`)
)

func main() {
	encoder := json.NewEncoder(os.Stdout)
	for _, folder := range os.Args[1:] {
		report, err := study(folder)
		if err == nil {
			err = encoder.Encode(report)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "oracle:", err)
			os.Exit(1)
		}
	}
}

type source struct {
	path string
	file *ast.File
}

func study(folder string) (*Report, error) {
	fset := token.NewFileSet()
	packages := map[string][]source{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != folder && passedOver.MatchString(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if head, _, _ := strings.Cut(string(text), "\npackage "); generated.MatchString(head) {
			return nil
		}
		file, err := parser.ParseFile(fset, path, text, parser.SkipObjectResolution)
		if err != nil {
			return nil // what does not compile is not judged
		}
		packages[filepath.Dir(path)] = append(packages[filepath.Dir(path)], source{path, file})
		return nil
	})
	if err != nil {
		return nil, err
	}
	report := &Report{
		Folder: folder, UpgradeHandlers: []Found{}, StoreLoaders: []Found{}, StoreUpgrades: []Found{}, ConsensusVersions: []Found{},
		Migrations: []Found{}, Elements: []Found{}, Registers: []Found{},
	}
	for _, sources := range packages {
		constants := integersOf(sources)
		for _, src := range sources {
			look(fset, folder, src, constants, report)
		}
	}
	for _, list := range [][]Found{report.UpgradeHandlers, report.StoreLoaders, report.StoreUpgrades, report.ConsensusVersions, report.Migrations, report.Elements, report.Registers} {
		sort.Slice(list, func(i, j int) bool {
			return list[i].File < list[j].File || list[i].File == list[j].File && list[i].Line < list[j].Line
		})
	}
	return report, nil
}

func look(fset *token.FileSet, folder string, src source, constants map[string]int, report *Report) {
	at := func(node ast.Node, text string, value int) Found {
		relative, _ := filepath.Rel(folder, src.path)
		return Found{File: filepath.ToSlash(relative), Line: fset.Position(node.Pos()).Line, Text: text, Value: value}
	}
	write := func(node ast.Node) string {
		var out strings.Builder
		_ = printer.Fprint(&out, fset, node)
		return out.String()
	}
	ast.Inspect(src.file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			if node.Recv != nil && node.Name.Name == "ConsensusVersion" && node.Body != nil && node.Type.Params.NumFields() == 0 {
				report.ConsensusVersions = append(report.ConsensusVersions, at(node, write(node.Recv.List[0].Type), returned(node.Body, constants)))
			}
		case *ast.CallExpr:
			name := calleeOf(node)
			switch {
			case name == "SetUpgradeHandler" && len(node.Args) == 2:
				report.UpgradeHandlers = append(report.UpgradeHandlers, at(node, write(node.Args[0]), 0))
			case name == "SetStoreLoader" && len(node.Args) == 1:
				report.StoreLoaders = append(report.StoreLoaders, at(node, "", 0))
			case name == "RegisterMigration" && len(node.Args) == 3:
				report.Migrations = append(report.Migrations, at(node, write(node.Args[0]), integer(node.Args[1], constants)))
			case registers.MatchString(name) && len(node.Args) > 0:
				report.Registers = append(report.Registers, at(node, write(node.Args[0]), 0))
			}
		case *ast.CompositeLit:
			if typeName(node.Type) == "StoreUpgrades" {
				report.StoreUpgrades = append(report.StoreUpgrades, at(node, "", 0))
			}
			if upgrade.MatchString(elementName(node.Type)) {
				for _, element := range node.Elts {
					report.Elements = append(report.Elements, at(element, "", 0))
				}
			}
		}
		return true
	})
}

func calleeOf(call *ast.CallExpr) string {
	switch fun := call.Fun.(type) {
	case *ast.SelectorExpr:
		return fun.Sel.Name
	case *ast.Ident:
		return fun.Name
	}
	return ""
}

func typeName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.SelectorExpr:
		return expr.Sel.Name
	case *ast.Ident:
		return expr.Name
	case *ast.StarExpr:
		return typeName(expr.X)
	}
	return ""
}

// elementName is the type of what a slice, array or map holds.
func elementName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.ArrayType:
		return typeName(expr.Elt)
	case *ast.MapType:
		return typeName(expr.Value)
	}
	return ""
}

// returned is the number that a function's only statement returns, or -1.
func returned(body *ast.BlockStmt, constants map[string]int) int {
	if len(body.List) == 1 {
		if statement, ok := body.List[0].(*ast.ReturnStmt); ok && len(statement.Results) == 1 {
			return integer(statement.Results[0], constants)
		}
	}
	return -1
}

func integer(expr ast.Expr, constants map[string]int) int {
	switch expr := expr.(type) {
	case *ast.BasicLit:
		if n, err := strconv.Atoi(expr.Value); err == nil {
			return n
		}
	case *ast.Ident:
		if n, ok := constants[expr.Name]; ok {
			return n
		}
	case *ast.ParenExpr:
		return integer(expr.X, constants)
	case *ast.CallExpr:
		if len(expr.Args) == 1 && strings.HasPrefix(typeName(expr.Fun), "uint") {
			return integer(expr.Args[0], constants)
		}
	case *ast.BinaryExpr:
		x, y := integer(expr.X, constants), integer(expr.Y, constants)
		if x >= 0 && y >= 0 && expr.Op == token.SUB {
			return x - y
		}
		if x >= 0 && y >= 0 && expr.Op == token.ADD {
			return x + y
		}
	}
	return -1
}

// integersOf are the numbers that a package's own constants and variables hold.
func integersOf(sources []source) map[string]int {
	found := map[string]int{}
	for _, src := range sources {
		for _, decl := range src.file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST && group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				values := spec.(*ast.ValueSpec)
				for i, name := range values.Names {
					if i < len(values.Values) {
						if n := integer(values.Values[i], nil); n >= 0 {
							found[name.Name] = n
						}
					}
				}
			}
		}
	}
	return found
}
