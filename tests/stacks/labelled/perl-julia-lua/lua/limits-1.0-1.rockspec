package = "limits"
version = "1.0-1"
source = { url = "git+https://git.example.org/limits.git" }
dependencies = {
   "lua >= 5.1",
   "lua-resty-redis ~> 0.29"
}
