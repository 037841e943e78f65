module github.com/sample/secrets-operator

go 1.22.5

require (
	cloud.google.com/go/secretmanager v1.13.3
	github.com/Azure/azure-sdk-for-go/sdk/azidentity v1.7.0
	github.com/aws/aws-sdk-go v1.54.19
	github.com/hashicorp/vault/api v1.14.0
	github.com/prometheus/client_golang v1.19.1
	google.golang.org/grpc v1.65.0
	k8s.io/api v0.30.2
	k8s.io/client-go v0.30.2
	sigs.k8s.io/controller-runtime v0.18.4
)

require (
	github.com/redis/go-redis/v9 v9.5.3 // indirect
	github.com/lib/pq v1.10.9 // indirect
)
