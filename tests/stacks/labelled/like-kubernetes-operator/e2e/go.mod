module github.com/sample/secrets-operator-e2e

go 1.22.5

replace github.com/sample/secrets-operator => ../

require (
	github.com/onsi/ginkgo/v2 v2.19.0
	github.com/sample/secrets-operator v0.0.0
)
