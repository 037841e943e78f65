module github.com/sample/boards/pkg/apiserver

go 1.22.4

require (
	k8s.io/apimachinery v0.29.3
	k8s.io/apiserver v0.29.2
)
