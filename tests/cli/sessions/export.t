# SPDX-License-Identifier: MIT

# the product object; what it has no place for is told
$ dragoman import -q --from product products/good -o good.yaml
$ dragoman export --to product-json good.yaml | head -n 24
{
  "name": "WM",
  "device_type": "WaterMeter",
  "protocol_type": "CoAP",
  "data_format": "binary",
  "manufacturer_name": "Acme",
  "service_capabilities": [
    {
      "service_id": "Meter",
      "service_type": "Meter",
      "option": "Master",
      "description": "what has flown",
      "properties": [
        {
          "property_name": "flow",
          "data_type": "decimal",
          "required": true,
          "min": "0",
          "max": "4294967.295",
          "step": 0.001,
          "unit": "m3",
          "method": "RE"
        },
        {
! good.yaml: warning: $.name: not given; it is taken from model: 'WM'
! good.yaml: warning: $.services.Meter.properties.total.min: the platform takes at most 16 characters here
! good.yaml: warning: $.services.Meter.properties.total.max: the platform takes at most 16 characters here
! good.yaml: warning: $.om_capability: lost: this form has no place for it
$ dragoman export -q --to product-json good.yaml -o good.json; grep -c property_name good.json
6
$ dragoman import -q --from product products/push.json -o push.yaml; dragoman export --to product-json push.yaml | tail -n 50
        {
          "property_name": "tags",
          "data_type": "string list",
          "required": false,
          "method": "W",
          "default_value": [
            "a"
          ]
        },
        {
          "property_name": "since",
          "data_type": "DateTime",
          "required": false,
          "method": "R",
          "default_value": "20190303T081011Z"
        }
      ],
      "commands": [
        {
          "command_name": "RESET",
          "paras": [],
          "responses": [
            {
              "response_name": "ACK",
              "paras": [
                {
                  "para_name": "ok",
                  "data_type": "boolean",
                  "required": false
                }
              ]
            }
          ]
        }
      ],
      "events": [
        {
          "event_type": "leak",
          "paras": [
            {
              "para_name": "litres",
              "data_type": "int",
              "required": true
            }
          ]
        }
      ]
    }
  ]
}

# the package; what it has no place for is told
$ dragoman export --to product-folder good.yaml; find WaterMeter_Acme_WM -type f | sort; cat WaterMeter_Acme_WM/profile/*
WaterMeter_Acme_WM/profile/devicetype-capability.json
WaterMeter_Acme_WM/service/Battery/profile/servicetype-capability.json
WaterMeter_Acme_WM/service/Meter/profile/servicetype-capability.json
{
  "devices": [
    {
      "manufacturerId": "Acme",
      "manufacturerName": "Acme",
      "model": "WM",
      "protocolType": "CoAP",
      "deviceType": "WaterMeter",
      "serviceTypeCapabilities": [
        {
          "serviceId": "Meter",
          "serviceType": "Meter",
          "option": "Master"
        },
        {
          "serviceId": "Main",
          "serviceType": "Battery",
          "option": ""
        },
        {
          "serviceId": "Spare",
          "serviceType": "Battery",
          "option": "Optional"
        }
      ],
      "omCapability": {
        "fwUpgradeCapability": {
          "supportUpgrade": true,
          "upgradeProtocolType": "LWM2M"
        }
      }
    }
  ]
}
! wrote WaterMeter_Acme_WM
$ cat WaterMeter_Acme_WM/service/Battery/profile/*
{
  "services": [
    {
      "serviceType": "Battery",
      "description": "",
      "commands": [],
      "properties": [
        {
          "propertyName": "level",
          "dataType": "int",
          "required": true,
          "min": "0",
          "max": "100",
          "step": 0,
          "maxLength": 0,
          "unit": "%",
          "enumList": null,
          "method": "R"
        }
      ],
      "events": []
    }
  ]
}
$ dragoman export --to product-folder push.yaml; cat WaterMeter_Acme_Meter/service/*/profile/* | head -n 20
{
  "services": [
    {
      "serviceType": "Meter",
      "description": "flow",
      "commands": [
        {
          "commandName": "RESET",
          "paras": [],
          "responses": [
            {
              "responseName": "ACK",
              "paras": [
                {
                  "paraName": "ok",
                  "dataType": "boolean",
                  "required": false,
                  "min": null,
                  "max": null,
                  "step": 0,
! push.yaml: warning: $.manufacturer_id: not given; it is taken from manufacturer_name: 'Acme'
! push.yaml: warning: $.model: not given; it is taken from name: 'Meter'
! push.yaml: warning: $.product_id: lost: this form has no place for it
! push.yaml: warning: $.app_id: lost: this form has no place for it
! push.yaml: warning: $.name: lost: this form has no place for it
! push.yaml: warning: $.industry: lost: this form has no place for it
! push.yaml: warning: $.description: lost: this form has no place for it
! push.yaml: warning: $.services.Meter.properties.flow.description: lost: this form has no place for it
! push.yaml: warning: $.services.Meter.properties.flow.default_value: lost: this form has no place for it
! push.yaml: warning: $.services.Meter.properties.place.default_value: lost: this form has no place for it
! push.yaml: warning: $.services.Meter.properties.tags.default_value: lost: this form has no place for it
! push.yaml: warning: $.services.Meter.properties.since.default_value: lost: this form has no place for it
! push.yaml: warning: $.services.Meter.events: lost: this form has no place for it
! wrote WaterMeter_Acme_Meter

# the same bytes each time
$ dragoman export --to product-zip good.yaml; dragoman export -q --to product-zip good.yaml -o again.zip; cmp WaterMeter_Acme_WM.zip again.zip
! wrote WaterMeter_Acme_WM.zip
$ dragoman import --from product WaterMeter_Acme_WM.zip | diff - good.yaml
$ dragoman import --from product again.zip -o again.yaml; diff again.yaml good.yaml
! again.zip: warning: $: after what is in it the package should be called 'WaterMeter_Acme_WM.zip'

# a folder is not overwritten
$ dragoman export -q --to product-folder good.yaml
! dragoman: error: cannot make the folder 'WaterMeter_Acme_WM': File exists
? 3

# services of one type have one file, so that they must be the same
$ dragoman export --to product-zip products/types.yaml
! products/types.yaml: warning: $.manufacturer_name: not given; it is taken from manufacturer_id: 'Acme'
! products/types.yaml: warning: $.services.One.properties.mode: no method is given; RE is written
! products/types.yaml: warning: $.services.Two.properties.mode: no method is given; RE is written
! products/types.yaml: warning: $.data_format: lost: this form has no place for it
! products/types.yaml: warning: $.version: lost: this form has no place for it
! products/types.yaml: warning: $.services.One.properties.mode.description: lost: this form has no place for it
! products/types.yaml: warning: $.services.One.properties.mode.default_value: lost: this form has no place for it
! products/types.yaml: warning: $.services.One.events: lost: this form has no place for it
! products/types.yaml: warning: $.services.Two.commands.GO.description: lost: this form has no place for it
! products/types.yaml: warning: $.services.Two.properties.mode.default_value: lost: this form has no place for it
! products/types.yaml: error: two services have one service type, and differ: this form has one file a type
? 1
$ sed '/events:/,/set:/d; /commands:/,/GO:/d; s/, description: how it works//' products/types.yaml >same.yaml; dragoman export --to product-folder same.yaml -o same; find same -type f | sort; grep -h 9007199254740993 -r same
same/profile/devicetype-capability.json
same/service/Same/profile/servicetype-capability.json
          "max": "9007199254740993",
! same.yaml: warning: $.manufacturer_name: not given; it is taken from manufacturer_id: 'Acme'
! same.yaml: warning: $.services.One.properties.mode: no method is given; RE is written
! same.yaml: warning: $.services.Two.properties.mode: no method is given; RE is written
! same.yaml: warning: $.data_format: lost: this form has no place for it
! same.yaml: warning: $.version: lost: this form has no place for it
! same.yaml: warning: $.services.One.properties.mode.default_value: lost: this form has no place for it
! same.yaml: warning: $.services.Two.properties.mode.default_value: lost: this form has no place for it
! wrote same
$ sed '/  Two:/,$s/Same/same/' products/types.yaml >case.yaml; dragoman export -q --to product-zip case.yaml
! case.yaml: error: two service types differ by letter case only
? 1
$ sed 's#service_type: Same#service_type: ../../Same#' products/types.yaml >path.yaml; dragoman export -q --to product-zip path.yaml
! path.yaml: error: a service type is the name of a folder in this form, and may not be long, begin with '.', or have '/', '\' or ':'
? 1
$ dragoman export --to product-json products/types.yaml | grep -e '"min"' -e '"max"' -e x
          "min": "0",
          "max": "9007199254740993",
            "x": 1.10
          "min": "0",
          "max": "9007199254740993",
            "x": 1.10
! products/types.yaml: warning: $.name: not given; it is taken from model: 'T'
! products/types.yaml: warning: $.manufacturer_name: not given; it is taken from manufacturer_id: 'Acme'
! products/types.yaml: warning: $.services.One.properties.mode: no method is given; RE is written
! products/types.yaml: warning: $.services.Two.properties.mode: no method is given; RE is written
! products/types.yaml: warning: $.services.Two.commands.GO.description: lost: this form has no place for it
! products/types.yaml: warning: $.version: lost: this form has no place for it

# what the platform needs
$ dragoman export -q --to product-json line.yaml
{
  "name": "Line",
  "device_type": "Meter",
  "protocol_type": "TCP",
  "data_format": "binary",
  "manufacturer_name": "Acme",
  "service_capabilities": [
    {
      "service_id": "Default",
      "service_type": "Default",
      "properties": [
        {
          "property_name": "level",
          "data_type": "int",
          "required": false,
          "min": "0",
          "max": "65535",
          "method": "RE"
        }
      ],
      "commands": [],
      "events": []
    }
  ]
}
$ printf 'dragoman: 1\nproduct: {manufacturer_id: Acme, manufacturer_name: Acme, model: Blank, device_type: Blank, protocol_type: CoAP}\nmessages: {m: {fields: [{const: 1, type: u8}]}}\n' >nothing.yaml; dragoman export -q --to product-json nothing.yaml
! nothing.yaml: error: no message has members of a service; the platform needs services
? 1
$ sed 's/protocol_type: CoAP, //' products/types.yaml >none.yaml; dragoman export -q --to product-zip none.yaml
! none.yaml: error: the platform needs a protocol_type; add it to 'product'
? 1
$ sed 's/Acme/AcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcme/' products/types.yaml >long.yaml; dragoman export --to product-json long.yaml -o long.json
! long.yaml: warning: $.name: not given; it is taken from model: 'T'
! long.yaml: warning: $.manufacturer_name: not given; it is taken from manufacturer_id: 'AcmeAcmeAcmeAcmeAcmeAcmeAcmeAcmeAcme'
! long.yaml: warning: $.services.One.properties.mode: no method is given; RE is written
! long.yaml: warning: $.services.Two.properties.mode: no method is given; RE is written
! long.yaml: warning: $.manufacturer_name: the platform takes at most 32 characters here
! long.yaml: warning: $.services.Two.commands.GO.description: lost: this form has no place for it
! long.yaml: warning: $.version: lost: this form has no place for it
$ dragoman export --to product-json family.yaml
! dragoman: error: family.yaml serves several models: One, Two; choose one with --model
? 2
$ dragoman export --to product-json broken.yaml
! broken.yaml:30:33: error: unknown key 'scal' in an item; did you mean 'scale'? [unknown-key]
? 3
$ dragoman export --to product-json "$PLUGINS/acme-wm-100.so" 2>&1 | sed "s#$PLUGINS/##"
dragoman: error: profiles are exported, and 'acme-wm-100.so' is a plug-in; 'dragoman inspect --source' gives its profile back

# names of files are cut between characters, and types are no hidden folders
$ name=$(yes x水 | head -n 30 | tr -d '\n'); sed "s/Acme/$name/; s/device_type: .*/device_type: $name/; s/ model: .*/ model: $name/" good.yaml >names.yaml; dragoman export -q --to product-zip names.yaml; ls *水*; rm -f *水*
x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水_x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x_x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x水x.zip

$ sed 's#service_type: Same#service_type: .Same#' products/types.yaml >path.yaml; dragoman export -q --to product-folder path.yaml
! path.yaml: error: a service type is the name of a folder in this form, and may not be long, begin with '.', or have '/', '\' or ':'
? 1

# what is no file stays what it is
$ mkfifo pipe; dragoman export -q --to product-zip -o pipe good.yaml; ls -F pipe
pipe|
! dragoman: error: cannot write 'pipe': it is there, and no file

# wrong calls
$ dragoman export good.yaml
! dragoman: error: --to and one profile are needed
! try 'dragoman export --help'
? 2
$ dragoman export --to product-json
! dragoman: error: --to and one profile are needed
! try 'dragoman export --help'
? 2
$ dragoman export --to product-zip good.yaml -o -
! dragoman: error: packages are not written to standard output
! try 'dragoman export --help'
? 2

# a folder that cannot be written whole is not there
$ (trap '' XFSZ; ulimit -f 0; dragoman export -q --to product-folder -o cut good.yaml) 2>&1 | cat; ls -d cut 2>/dev/null
dragoman: error: cannot write 'cut/profile/devicetype-capability.json': File too large
? 2
