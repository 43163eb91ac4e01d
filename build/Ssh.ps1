# The SSH server that searches over sessions are tested with.

# The one that MICROGRAD_SSHD names, one on the path or where systems keep it, and Debian's where apt-get may be used.
function Find-SshServer {
    if ($env:MICROGRAD_SSHD) {
        return $env:MICROGRAD_SSHD
    }
    $find = { (Get-Command sshd, /usr/sbin/sshd -CommandType Application -ErrorAction Ignore | Select-Object -First 1).Source }
    $found = & $find
    if (-not $found -and (Test-DebianRoot)) {
        Install-DebianPackage openssh-server, openssh-client
        $found = & $find
    }
    if (-not $found) {
        throw 'Sessions are tested over SSH to this machine, and there is no sshd nor could one be installed: install it (on Debian: apt-get install openssh-server), or name its program in MICROGRAD_SSHD.'
    }
    $found
}

# Starts a server of the user's own on the loopback, with keys made for it in a folder.
function Open-SshServer {
    param([string] $Folder)

    $program = Find-SshServer
    foreach ($key in 'host', 'user') {
        & ssh-keygen -q -t ed25519 -N '' -f "$Folder/$key" | Out-Null
    }
    if ([Environment]::UserName -eq 'root') {
        # Where the server of the system never started.
        $null = New-Item -ItemType Directory -Force /run/sshd
    }
    $socket = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
    $socket.Start()
    $port = $socket.LocalEndpoint.Port
    $socket.Stop()

    $shell = (Get-Process -Id $PID).Path
    @(
        "ListenAddress 127.0.0.1:$port"
        "HostKey $Folder/host"
        "AuthorizedKeysFile $Folder/user.pub"
        "PidFile $Folder/sshd.pid"
        'StrictModes no'
        'UsePAM no'
        'PasswordAuthentication no'
        if ($env:DOTNET_ROOT) { "SetEnv DOTNET_ROOT=$env:DOTNET_ROOT" }
        "Subsystem powershell $shell -sshs -NoLogo -NoProfile"
    ) | Set-Content "$Folder/sshd_config"
    $process = Start-Process $program -ArgumentList '-D', '-e', '-f', "$Folder/sshd_config" -RedirectStandardError "$Folder/sshd.log" -PassThru
    for ($try = 0; $try -lt 100 -and -not (Test-Port $port); $try++) {
        Start-Sleep -Milliseconds 100
    }
    [pscustomobject] @{ Process = $process; Port = $port; KeyFile = "$Folder/user" }
}

function Test-Port {
    param([int] $Port)

    $client = [Net.Sockets.TcpClient]::new()
    try {
        $client.Connect([Net.IPAddress]::Loopback, $Port)
        $true
    } catch [Net.Sockets.SocketException] {
        $false
    } finally {
        $client.Dispose()
    }
}

function Open-SshSession {
    param([object] $Server)

    New-PSSession -HostName 127.0.0.1 -Port $Server.Port -UserName ([Environment]::UserName) -KeyFilePath $Server.KeyFile -Options @{
        StrictHostKeyChecking = 'no'
        UserKnownHostsFile    = '/dev/null'
        LogLevel              = 'ERROR'
    }
}
