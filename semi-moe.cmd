@echo off
rem Runs Semi-MoE: from the distribution that this script lies in, or from a source checkout, whose
rem distribution is built on first use. Training needs Linux (WSL 2 will do); predict, inspect and
rem check-data run here. SEMI_MOE_JAVA_OPTS holds further options for Java.
setlocal
set "ROOT=%~dp0"
set "HOME_DIR=%ROOT%"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
if not exist "%ROOT%pom.xml" goto run
set "HOME_DIR=%ROOT%orchestrator\cli\target\distribution\"
if exist "%HOME_DIR%lib\built" goto run
echo semi-moe: building ... 1>&2
call mvn -B -q -f "%ROOT%pom.xml" -pl orchestrator/cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Djacoco.skip=true 1>&2
if errorlevel 1 exit /b 1
echo built> "%HOME_DIR%lib\built"
:run
for %%J in ("%HOME_DIR%lib\semi-moe-cli-*.jar") do set "JAR=%%~fJ"
"%JAVA%" -XX:+UseSerialGC -XX:-ShrinkHeapInSteps -Djava.awt.headless=true -Dfile.encoding=UTF-8 "-Dsemimoe.command=%~0" %SEMI_MOE_JAVA_OPTS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
