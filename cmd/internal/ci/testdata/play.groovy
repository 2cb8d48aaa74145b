// Plays a declarative Jenkinsfile, as far as ours goes: a word that Jenkins would not know at its place ends it. Arguments are the
// file and NAME=VALUE, which stand for what a person changes in its environment.
class Words {
    private final Map<String, Closure> words

    Words(Map<String, Closure> words) { this.words = words }

    def methodMissing(String name, args) {
        if (!words.containsKey(name)) { throw new IllegalArgumentException("no word ${name} here") }
        words[name].call(*args)
    }

    void propertyMissing(String name, value) {
        if (!words.containsKey('=')) { throw new IllegalArgumentException("no value ${name} here") }
        words['='].call(name, value)
    }
}

class Player {
    Map<String, String> env = [:], changed = [:]
    boolean failed

    void read(Closure body, Map<String, Closure> words) {
        body.delegate = new Words(words)
        body.resolveStrategy = Closure.DELEGATE_ONLY
        body()
    }

    void pipeline(Closure body) {
        Closure post = null
        boolean staged = false
        read(body, [
            agent      : { Closure b -> read(b, [label: { String l -> }]) },
            options    : { Closure b -> read(b, [timeout: { Map m -> }, buildDiscarder: { Map m -> }, logRotator: { Map m -> m }, disableConcurrentBuilds: { Map m -> }]) },
            environment: { Closure b -> read(b, ['=': { String k, v -> env[k] = v }]); env.putAll(changed) },
            stages     : { Closure b -> staged = true; read(b, [stage: { String name, Closure s -> stage(name, s) }]) },
            post       : { Closure b -> post = b },
        ])
        if (!staged) { throw new IllegalArgumentException('no stages') }
        if (post != null) { read(post, [always: { Closure b -> read(b, [junit: { Map m -> kept(m.testResults) }, archiveArtifacts: { Map m -> kept(m.artifacts) }]) }]) }
    }

    void stage(String name, Closure body) {
        boolean wanted = !failed
        Closure steps = null
        read(body, [
            when : { Closure b -> read(b, [environment: { Map m -> wanted = wanted && (env[m.name] ?: '') == m.value }]) },
            steps: { Closure b -> steps = b },
        ])
        if (!wanted) { return }
        println "stage ${name}"
        read(steps, [sh: { String script -> sh(script) }])
    }

    void sh(String script) {
        if (failed) { return }
        def p = new ProcessBuilder('sh', '-e', '-c', script).redirectErrorStream(true)
        p.environment().putAll(env)
        def running = p.start()
        print running.inputStream.text
        failed = running.waitFor() != 0
    }

    void kept(String pattern) {
        int slash = pattern.lastIndexOf('/')
        def folder = java.nio.file.Paths.get(pattern.take(slash))
        if (!java.nio.file.Files.isDirectory(folder)) { return }
        java.nio.file.Files.newDirectoryStream(folder, pattern.drop(slash + 1)).withCloseable { it.collect { f -> "${f.fileName}" }.sort().each { println "kept ${it}" } }
    }
}

def player = new Player()
args.drop(1).each { def (k, v) = it.split('=', 2); player.changed[k] = v }
new GroovyShell(new Binding([pipeline: { Closure b -> player.pipeline(b) }])).evaluate(new File(args[0]))
System.exit(player.failed ? 1 : 0)
