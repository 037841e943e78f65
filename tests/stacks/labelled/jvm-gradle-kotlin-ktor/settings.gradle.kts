rootProject.name = "bookings"
