#!/usr/bin/env python3
"""yaml.py FOLDER: makes the repository of 1,500 YAML files that `bench config` measures on, the same on every machine.

They are what deployments keep: compose files, workflows and manifests, 2 KB on average, with comments, lists in both styles,
quoted texts, blocks, anchors and merge keys.
"""
import os
import random
import sys

from locks import commit, write

COUNT = 1500
WORDS = ("orders", "invoices", "customers", "payments", "reports", "worker", "scheduler", "gateway", "search", "mailer")


def compose(choose):
    lines = ["# Services of one application.", "x-logging: &logging", "  driver: json-file", '  options: { max-size: "10m", max-file: "3" }', "services:"]
    for word in choose.sample(WORDS, choose.randint(3, 5)):
        lines += ["  %s:" % word, "    image: registry.example.org/%s:%d.%d.%d" % (word, choose.randint(1, 9), choose.randint(0, 30), choose.randint(0, 9)),
                  "    restart: unless-stopped", "    logging: *logging", "    environment:", "      APP_ENV: production", '      APP_DEBUG: "false"',
                  "      QUEUE_CONNECTION: redis", "      WORKERS: %d" % choose.randint(1, 16), "    healthcheck:",
                  '      test: ["CMD", "wget", "-q", "-O-", "http://localhost:%d/up"]' % choose.randint(3000, 9000), "      interval: 30s", "      retries: 3",
                  "    deploy:", "      resources:", '        limits: { cpus: "0.5", memory: 256M }', "    privileged: false"]
    return lines


def workflow(choose):
    lines = ["name: ci", "on:", "  push:", "    branches: [main]", "  pull_request:", "permissions:", "  contents: read", "jobs:"]
    for word in choose.sample(WORDS, choose.randint(3, 5)):
        lines += ["  %s:" % word, "    runs-on: ubuntu-latest", "    timeout-minutes: %d" % choose.randint(5, 60), "    strategy:", "      matrix:",
                  "        version: [18, 20, 22]", "    steps:", "      - uses: actions/checkout@v4", "        with:", "          persist-credentials: false",
                  "      - name: Build %s" % word, "        run: |", "          npm ci", "          npm run build -- --project %s" % word,
                  "          npm test  # every test", "        env:", "          NODE_ENV: 'production'", '          TOKEN: "${{ secrets.TOKEN }}"']
    return lines


def manifest(choose):
    lines = []
    for word in choose.sample(WORDS, choose.randint(2, 3)):
        lines += ["---", "apiVersion: apps/v1", "kind: Deployment", "metadata:", "  name: %s" % word, "  labels:", "    app.kubernetes.io/name: %s" % word,
                  "    app.kubernetes.io/part-of: shop", "spec:", "  replicas: %d" % choose.randint(1, 9), "  selector:", "    matchLabels:", "      app: %s" % word,
                  "  template:", "    metadata:", "      annotations:", '        checked: "yes"', "    spec:", "      containers:", "        - name: %s" % word,
                  "          image: registry.example.org/%s:%d.%d" % (word, choose.randint(1, 9), choose.randint(0, 30)), "          ports:",
                  "            - containerPort: %d" % choose.randint(3000, 9000), "          securityContext:", "            privileged: false",
                  "            runAsNonRoot: true", "          resources:", "            requests: {cpu: 100m, memory: 128Mi}", "            limits: {cpu: 500m, memory: 256Mi}",
                  "          livenessProbe:", "            httpGet: {path: /up, port: http}", "            periodSeconds: 10"]
    return lines


POLICY = """[gate]
version = 1
packs = []

[[rule]]
id = "app.privileged"
kind = "config"
title = "a service may do everything on its host"
paths = ["**/*.yaml"]
at = "$..privileged"
equals = false
missing = "pass"
"""


def main():
    folder = sys.argv[1]
    choose = random.Random(COUNT)
    for number in range(COUNT):
        lines = (compose, workflow, manifest)[number % 3](choose)
        write(os.path.join(folder, "deploy/%02d/%04d.yaml" % (number // 100, number)), "\n".join(lines) + "\n")
    write(os.path.join(folder, "gate.toml"), POLICY)
    commit(folder)


main()
