module typecheck

go 1.22
