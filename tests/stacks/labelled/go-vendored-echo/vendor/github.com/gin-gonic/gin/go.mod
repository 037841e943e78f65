module github.com/gin-gonic/gin

require github.com/redis/go-redis/v9 v9.0.0
