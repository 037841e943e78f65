"""Packs the collector."""

from setuptools import find_packages, setup

INSTALL = [
    "Twisted[tls]>=22.4",
    "peewee>=3.15,<4",
    'kafka-python==2.0.2; python_version < "3.12"',
    "elasticsearch>=8,<9",
    # "celery>=5",
]

setup(
    name="collector",
    version="5.0.1",
    description="Collects what django and flask leave behind",
    packages=find_packages(exclude=["tests"]),
    install_requires=INSTALL,
    extras_require={"test": ["pytest>=7"]},
    classifiers=["Framework :: Flask"],
    python_requires=">=3.8",
)
