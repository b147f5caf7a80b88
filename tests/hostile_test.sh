#!/bin/sh
# Hostile files against `sauro plan read`, see hostile.py. Usage: hostile_test.sh [build/sauro]
cd "$(dirname "$0")/.." && exec python3 tests/hostile.py "${1:-build/sauro}"
