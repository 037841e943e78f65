module github.com/sample/stock

go 1.22

toolchain go1.22.4

require (
	github.com/IBM/sarama v1.43.2
	github.com/aws/aws-sdk-go-v2 v1.30.0
	github.com/aws/aws-sdk-go-v2/service/s3 v1.56.1
	github.com/gin-gonic/gin v1.10.0
	github.com/golang-jwt/jwt/v5 v5.2.1
	github.com/jackc/pgx/v5 v5.6.0
	github.com/prometheus/client_golang v1.19.1
	github.com/redis/go-redis/v9 v9.5.3
	go.opentelemetry.io/otel v1.27.0
	google.golang.org/grpc v1.64.0
	google.golang.org/protobuf v1.34.2
	gorm.io/driver/postgres v1.5.9 // the pool is pgx's
	gorm.io/gorm v1.25.10
)

require (
	github.com/go-chi/chi/v5 v5.0.12 // indirect
	github.com/mattn/go-sqlite3 v1.14.22 // indirect
	github.com/nats-io/nats.go v1.36.0 // indirect
	go.mongodb.org/mongo-driver v1.15.0 // indirect
)

// github.com/labstack/echo/v4 was here once
replace github.com/go-sql-driver/mysql => ../mysql
exclude github.com/labstack/echo/v4 v4.11.0
