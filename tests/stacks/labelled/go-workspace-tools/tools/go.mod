module example.org/tools

go 1.22

require (
	github.com/hashicorp/consul/api v1.29.1
	github.com/hashicorp/vault/api v1.14.0
	go.etcd.io/etcd/client/v3 v3.5.14
	go.temporal.io/sdk v1.27.0
	k8s.io/client-go v0.30.2
)

require github.com/go-redis/redis/v8 v8.11.5 // indirect
