module github.com/sample/boards

go 1.22.4

// Stay on the version before the licence changed.
replace github.com/hashicorp/go-discover => github.com/sample/go-discover v0.1.0

require (
	cloud.google.com/go/storage v1.38.0 // @sample/backend
	github.com/Azure/azure-sdk-for-go/sdk/azidentity v1.5.1 // @sample/partners
	github.com/aws/aws-sdk-go v1.51.31 // @sample/aws
	github.com/bradfitz/gomemcache v0.0.0-20190913173617-a41fca850d0b // @sample/backend
	github.com/go-sql-driver/mysql v1.7.1 // @sample/search
	github.com/golang-jwt/jwt/v5 v5.2.1 // @sample/identity
	github.com/gorilla/mux v1.8.1 // @sample/backend
	github.com/lib/pq v1.10.9 // @sample/backend
	github.com/mattn/go-sqlite3 v1.14.19 // @sample/backend
	github.com/prometheus/client_golang v1.19.0 // @sample/alerting
	go.opentelemetry.io/otel v1.26.0 // @sample/backend
	google.golang.org/grpc v1.64.0 // @sample/plugins
	google.golang.org/protobuf v1.34.1 // @sample/plugins
	xorm.io/xorm v0.8.2 // @sample/backend
)

require (
	github.com/gin-gonic/gin v1.9.1 // indirect
	go.mongodb.org/mongo-driver v1.13.1 // indirect
	github.com/go-redis/redis/v8 v8.11.5 // indirect
)
