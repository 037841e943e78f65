import subprocess
import sys

subprocess.run(["make", *sys.argv[1:]], check=True)
