@echo off
rem Runs Semi-MoE: from the distribution that this script lies in, or from a source checkout, whose
rem distribution is built on first use. Training needs Linux (WSL 2 will do); commands that do not
rem train, such as predict, run here. JAVA_HOME picks the Java; SEMI_MOE_JAVA_OPTS holds further
rem options for it, such as -Xmx8g.
rem Paths stay within quotes, and away from "call", which would read their percent signs once more.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"

for %%J in (java.exe) do set "JAVA=%%~$PATH:J"
if not defined JAVA_HOME goto java
set "JAVA=%JAVA_HOME:"=%\bin\java.exe"
:java
if not defined JAVA goto nojava
if exist "%JAVA%" goto home
:nojava
echo semi-moe: expected Java 17 or later on the PATH or in JAVA_HOME, found none 1>&2
exit /b 5

:home
rem The name of the jar is that of no version, so that a newer one may be unpacked over an older one.
set "LIB=%ROOT%lib\"
if not exist "%ROOT%pom.xml" goto run
set "LIB=%ROOT%orchestrator\cli\target\distribution\lib\"
if exist "%LIB%built" if exist "%LIB%semi-moe.jar" goto run
for %%M in (mvn.cmd) do set "MAVEN=%%~$PATH:M"
if defined MAVEN goto build
echo semi-moe: expected Maven 3.8 or later on the PATH to build from source, found none 1>&2
exit /b 5
:build
echo semi-moe: building ... 1>&2
pushd "%ROOT%"
call mvn -B -q -pl orchestrator/cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true 1>&2
set "FAILED=%ERRORLEVEL%"
popd
if "%FAILED%"=="0" goto built
echo semi-moe: the build failed, see above 1>&2
exit /b 1
:built
rem Empty, since the script for Linux takes what it holds for options of the build.
type nul> "%LIB%built"

:run
if exist "%LIB%semi-moe.jar" goto jar
echo semi-moe: expected "%LIB%semi-moe.jar", found nothing that can be read; unpack the distribution again 1>&2
exit /b 1
:jar
"%JAVA%" -XX:+UseSerialGC -XX:-ShrinkHeapInSteps -Djava.awt.headless=true -Dfile.encoding=UTF-8 "-Dsemimoe.command=%~0" %SEMI_MOE_JAVA_OPTS% -jar "%LIB%semi-moe.jar" %*
exit /b %ERRORLEVEL%
