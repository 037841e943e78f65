Write-Output "build"
