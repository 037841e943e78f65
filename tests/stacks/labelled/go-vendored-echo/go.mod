module git.example.org/parcels

go 1.21

require github.com/labstack/echo/v4 v4.12.0

require (
	github.com/getsentry/sentry-go v0.28.1
	github.com/golang-migrate/migrate/v4 v4.17.1
	github.com/minio/minio-go/v7 v7.0.72
	github.com/nats-io/nats.go v1.36.0
	github.com/stripe/stripe-go/v78 v78.12.0
	github.com/testcontainers/testcontainers-go v0.31.0
	go.mongodb.org/mongo-driver/v2 v2.0.0
	golang.org/x/sync v0.7.0
)
