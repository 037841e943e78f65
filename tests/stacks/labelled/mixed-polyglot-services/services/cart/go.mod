module example.org/cart

go 1.22

require (
	github.com/gin-gonic/gin v1.10.0
	go.mongodb.org/mongo-driver v1.16.0
	golang.org/x/crypto v0.24.0 // indirect
)
