module broken

require github.com/gocql/gocql v1.0.0
require github.com/gorilla/mux v1.8.0
