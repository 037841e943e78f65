(defsystem "rooms" :depends-on ("alexandria"))
