module example.org/web

go 1.22

require (
	entgo.io/ent v0.13.1
	example.org/tools v0.0.0
	github.com/bradfitz/gomemcache v0.0.0-20230905024940-24af94b03874
	github.com/elastic/go-elasticsearch/v8 v8.14.0
	github.com/gofiber/fiber/v2 v2.52.5
	github.com/rabbitmq/amqp091-go v1.10.0
	modernc.org/sqlite v1.30.1
)

replace example.org/tools => ../tools
