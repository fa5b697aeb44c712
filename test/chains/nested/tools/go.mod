module github.com/nest-exchange/nest/tools

go 1.22
