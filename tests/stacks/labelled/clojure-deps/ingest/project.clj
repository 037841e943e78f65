(defproject ingest "0.1.0-SNAPSHOT"
  :description "Reads topics; has nothing of mongodb"
  :dependencies [[org.clojure/clojure "1.11.3"]
                 [org.apache.kafka/kafka-clients "3.7.0"]
                 [com.mysql/mysql-connector-j "8.4.0"]]
  :main ^:skip-aot ingest.core)
